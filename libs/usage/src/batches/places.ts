/** Values that many rows share, each once, in the order they first came; rows name their places, from 1. */
export class Places<Value, Name = Value> {
  readonly values: Value[] = [];
  private readonly byName = new Map<Name, number>();

  /** Where the value stands; values of one name are the same value. */
  of(name: Name, value: Value): number {
    const known = this.byName.get(name);
    if (known !== undefined) return known;
    const place = this.values.push(value);
    this.byName.set(name, place);
    return place;
  }
}
