/** The customers of a fake provider: one for each owner, and a new one after a deletion. */
export class FakeCustomers {
  private readonly ids = new Map<string, string>();
  private made = 0;

  /** The owner's customer, made when there is none. */
  ensure(ownerId: string): string {
    const known = this.ids.get(ownerId);
    if (known !== undefined) return known;
    this.made += 1;
    const id = `customer_${this.made}_of_${ownerId}`;
    this.ids.set(ownerId, id);
    return id;
  }

  /** Whether it was made and not deleted. */
  has(customerId: string): boolean {
    return [...this.ids.values()].includes(customerId);
  }

  /** Forgets a customer, as the merchant does in a provider's dashboard. */
  delete(customerId: string): void {
    for (const [ownerId, id] of this.ids) if (id === customerId) this.ids.delete(ownerId);
  }
}
