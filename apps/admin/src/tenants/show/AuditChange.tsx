import { Typography } from '@mui/material';
import type { AuditEntry } from '../../api/staff-api.js';
import { auditLines } from './auditLines.js';

/** What an audited act did, line by line. */
export const AuditChange = ({ entry }: { entry: AuditEntry }) =>
  auditLines(entry).map((line) => (
    <Typography key={line} variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
      {line}
    </Typography>
  ));
