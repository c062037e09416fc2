import { Box } from '@mui/material';
import { statusTone, statusWords } from './statusWords.js';

/** The status in words, with a dot in its colour. */
export const StatusText = ({ standing }: { standing: Parameters<typeof statusWords>[0] }) => {
  const tone = statusTone(standing);
  return (
    <Box component="span" sx={{ display: 'inline-flex', gap: 1, alignItems: 'baseline' }}>
      <Box
        component="span"
        aria-hidden
        sx={{
          width: 8,
          height: 8,
          flexShrink: 0,
          borderRadius: '50%',
          bgcolor: tone === 'default' ? 'text.disabled' : `${tone}.main`,
        }}
      />
      {statusWords(standing)}
    </Box>
  );
};
