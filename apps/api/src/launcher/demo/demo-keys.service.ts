import { Injectable } from '@nestjs/common';
import { ApiKeysService } from '../../auth/keys/api-keys/api-keys.service.js';

const NAME = 'npm start';

/** The API keys that the screen prints: every start revokes the old ones and makes new ones. */
@Injectable()
export class DemoKeys {
  constructor(private readonly keys: ApiKeysService) {}

  /** A new key for the user (or for the organization), and none of the earlier ones. */
  async renew(userId: string, organizationId: string | null = null): Promise<string> {
    for (const row of await this.keys.list(userId, organizationId)) {
      if (row.name === NAME && row.revoked_at === null) await this.keys.revoke(userId, row.id);
    }
    const { key } = await this.keys.create(userId, { name: NAME, organizationId, expiresAt: null });
    return key;
  }
}
