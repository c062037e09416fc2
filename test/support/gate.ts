/** A door in the path of concurrent work: whoever waits goes on once it is opened. */
export class Gate {
  readonly opened: Promise<void>;
  private release: () => void = () => undefined;

  constructor() {
    this.opened = new Promise((resolve) => {
      this.release = resolve;
    });
  }

  open(): void {
    this.release();
  }
}
