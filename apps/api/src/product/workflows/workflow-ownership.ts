import { Injectable } from '@nestjs/common';
import { ResourceOwnerLookup, type ResourceOwnership } from '@tollgate/entitlements';
import { isUuid } from '@tollgate/kernel';
import { WorkflowsStore } from './workflows.store.js';

/** Says to whom the workflow in a route's `:id` belongs. */
@Injectable()
export class WorkflowOwnership extends ResourceOwnerLookup {
  constructor(private readonly workflows: WorkflowsStore) {
    super();
  }

  override async find({ id }: Readonly<Record<string, string>>): Promise<ResourceOwnership | null> {
    return id !== undefined && isUuid(id) ? this.workflows.find(id) : null;
  }
}
