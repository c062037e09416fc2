import ChevronLeft from '@mui/icons-material/ChevronLeft';
import { Button } from '@mui/material';
import { useCreatePath } from 'react-admin';
import { Link } from 'react-router';

/** Back to the list, which remembers its search. */
export const BackToTenants = () => {
  const createPath = useCreatePath();
  return (
    <Button
      component={Link}
      to={createPath({ resource: 'tenants', type: 'list' })}
      startIcon={<ChevronLeft />}
      size="small"
      sx={{ mt: 2, ml: -0.5 }}
    >
      Tenants
    </Button>
  );
};
