import type { Organization } from '../../api/staff-api.js';
import { formatCount } from '../../format/numbers.js';
import { Panel } from '../../shared/Panel.js';
import { Rows } from '../../shared/Rows.js';

/** The teams this tenant belongs to. */
export const OrganizationsPanel = ({ organizations }: { organizations: Organization[] }) => (
  <Panel title="Organizations" empty={organizations.length === 0 && 'In no organization.'}>
    <Rows
      label="Organizations"
      rows={organizations.map(({ id, name, role, memberCount }) => ({
        key: id,
        title: name,
        note: `${role}, ${formatCount(String(memberCount))} ${memberCount === 1 ? 'member' : 'members'}`,
      }))}
    />
  </Panel>
);
