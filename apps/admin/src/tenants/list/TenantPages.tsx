import ChevronLeft from '@mui/icons-material/ChevronLeft';
import ChevronRight from '@mui/icons-material/ChevronRight';
import { Button, Stack, Typography } from '@mui/material';
import { useListContext } from 'react-admin';

/** Back and forth through the pages; a list by keyset knows no total to count them. */
export const TenantPages = () => {
  const { page, setPage, hasNextPage, hasPreviousPage, isPending, error } = useListContext();
  if (isPending || error || (page === 1 && !hasNextPage)) return null;
  return (
    <Stack
      component="nav"
      aria-label="Pages"
      direction="row"
      spacing={1}
      sx={{ py: 2, alignItems: 'center', justifyContent: 'flex-end' }}
    >
      <Button startIcon={<ChevronLeft />} disabled={!hasPreviousPage} onClick={() => setPage(page - 1)}>
        Previous
      </Button>
      <Typography variant="body2" color="textSecondary" aria-current="page">
        Page {page}
      </Typography>
      <Button endIcon={<ChevronRight />} disabled={!hasNextPage} onClick={() => setPage(page + 1)}>
        Next
      </Button>
    </Stack>
  );
};
