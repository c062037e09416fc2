import { Button } from '@mui/material';
import { Link } from 'react-router';
import { PageHeading } from '../shared/PageHeading.js';

/** An address that no screen answers to. */
export const NotFoundPage = () => (
  <>
    <PageHeading
      title="There is no such page"
      hint="The link may be mistyped, or older than this dashboard."
    />
    <div>
      <Button component={Link} to="/" variant="outlined">
        Go to the start
      </Button>
    </div>
  </>
);
