/** A mail to one person, in plain text. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends mail to people; bound to whatever this installation sends with. */
export abstract class Mailer {
  /** Resolves when the mail is handed over; throws when it cannot be. */
  abstract send(mail: Mail): Promise<void>;
}
