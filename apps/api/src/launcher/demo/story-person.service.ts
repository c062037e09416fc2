import { Injectable } from '@nestjs/common';
import { BillingOwners } from '@tollgate/billing';
import { Assignments } from '@tollgate/entitlements';
import { IdGenerator, TransactionRunner } from '@tollgate/kernel';
import { PasswordHasher } from '../../auth/passwords/password-hasher.service.js';
import { Users } from '../../auth/users/users.repository.js';
import { type DemoPerson, STORY_PEOPLE } from './demo-people.js';

/** Finds who plays the buyer, so that the printed story works at every start. */
@Injectable()
export class StoryPerson {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly users: Users,
    private readonly hasher: PasswordHasher,
    private readonly owners: BillingOwners,
    private readonly assignments: Assignments,
    private readonly ids: IdGenerator,
  ) {}

  /** The first of the story's people who never held a plan; if all have, somebody new. */
  async find(password: string): Promise<DemoPerson> {
    for (const person of STORY_PEOPLE) {
      if (await this.isNewcomer(person)) return person;
    }
    const id = this.ids.next();
    const person = { id, email: `visitor-${id.slice(-6)}@demo.example`, name: 'A visitor' };
    const passwordHash = await this.hasher.hash(password);
    await this.transactions.run(async (tx) => {
      await this.users.insert(tx, { ...person, passwordHash });
      await this.owners.register(tx, id);
    });
    return person;
  }

  private async isNewcomer({ id }: DemoPerson): Promise<boolean> {
    const ownerId = await this.owners.idOfUser(this.transactions.reader, id);
    return (
      ownerId !== null && (await this.assignments.ofOwner(this.transactions.reader, ownerId)).length === 0
    );
  }
}
