import { Box, Button, Typography } from '@mui/material';
import { useListContext } from 'react-admin';

/** Nothing fits the filters, or the page lies behind the end. */
export const NoMatch = () => {
  const { filterValues, setFilters } = useListContext();
  const filtered = Object.keys(filterValues).length > 0;
  return (
    <Box sx={{ p: 4, textAlign: 'center' }}>
      <Typography>
        {filtered ? 'No tenant fits this search.' : 'There are no tenants on this page.'}
      </Typography>
      {filtered && (
        <Button sx={{ mt: 1 }} onClick={() => setFilters({}, {})}>
          Clear the filters
        </Button>
      )}
    </Box>
  );
};
