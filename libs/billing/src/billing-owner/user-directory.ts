/** What the host application knows about a user and billing needs to show or pass on. */
export interface UserContact {
  readonly email: string;
  readonly name: string | null;
}

/** The host application's users, named by their ids; implemented by the application. */
export abstract class UserDirectory {
  /** The contacts of those of the ids that exist. */
  abstract find(userIds: readonly string[]): Promise<Map<string, UserContact>>;

  /** Ids of users whose e-mail or name contains the text, at most `limit`. */
  abstract search(text: string, limit: number): Promise<string[]>;
}
