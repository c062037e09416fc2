import { Box, Card, Typography } from '@mui/material';

/** The very beginning: nobody has registered yet. */
export const NoTenants = () => (
  <Card component={Box} sx={{ p: { xs: 3, sm: 6 }, mt: 2, textAlign: 'center' }}>
    <Typography variant="h2">No tenants yet</Typography>
    <Typography color="textSecondary" sx={{ mt: 1 }}>
      A tenant appears here as soon as somebody registers with the product.
    </Typography>
  </Card>
);
