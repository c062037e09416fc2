import { Typography } from '@mui/material';
import { changedFields } from './changedFields.js';

/** What an audited change did, field by field. */
export const AuditChange = ({ before, after }: { before: unknown; after: unknown }) =>
  changedFields(before, after).map((change) => (
    <Typography key={change.field} variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
      {change.field}: {change.before} → {change.after}
    </Typography>
  ));
