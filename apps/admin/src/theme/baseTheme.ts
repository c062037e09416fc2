import type { Theme } from '@mui/material';
import type { RaThemeOptions } from 'react-admin';

/** Fonts that every reader's system has: the dashboard asks nothing of other hosts. */
const fontFamily = ['system-ui', '-apple-system', '"Segoe UI"', 'Roboto', '"Noto Sans"', 'sans-serif'].join(
  ',',
);

/** Fixed-width font for keys and ids. */
export const monospace = 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace';

/** Filters in a row; on a phone the search has its own line and two filters share the next. */
const filterForm = ({ theme }: { theme: Theme }) => ({
  columnGap: theme.spacing(1),
  '&& .RaFilterFormInput-spacer': { width: 0 },
  '& .RaFilterForm-clearFix': { display: 'none' },
  [theme.breakpoints.down('sm')]: {
    '& .filter-field': { width: 'auto', flex: '1 1 40%', '&[data-source=q]': { flexBasis: '100%' } },
    '& .filter-field > .MuiFormControl-root': { flex: 1, minWidth: 0 },
  },
});

/** What the light and the dark theme share: type, corners, quiet surfaces with a border instead of a shadow. */
export const baseTheme: RaThemeOptions = {
  shape: { borderRadius: 8 },
  sidebar: { width: 208, closedWidth: 56 },
  typography: {
    fontFamily,
    h1: { fontSize: '1.5rem', fontWeight: 650, lineHeight: 1.3, letterSpacing: '-0.01em' },
    h2: { fontSize: '1.0625rem', fontWeight: 650, lineHeight: 1.4 },
    h6: { fontSize: '1.0625rem', fontWeight: 600 },
    body1: { fontSize: '0.9375rem' },
    button: { textTransform: 'none', fontWeight: 600 },
  },
  components: {
    MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiCard: { defaultProps: { variant: 'outlined' } },
    MuiButton: { defaultProps: { disableElevation: true } },
    MuiTextField: { defaultProps: { variant: 'outlined', size: 'small', margin: 'dense', fullWidth: true } },
    MuiFormControl: {
      defaultProps: { variant: 'outlined', size: 'small', margin: 'dense', fullWidth: true },
    },
    MuiTableCell: { styleOverrides: { head: { fontWeight: 600, whiteSpace: 'nowrap' } } },
    MuiAppBar: { defaultProps: { color: 'default', elevation: 0 } },
    RaLayout: {
      styleOverrides: {
        root: ({ theme }: { theme: Theme }) => ({
          // react-admin lets the page grow as wide as its longest word; ours stays within the window.
          minWidth: 0,
          '& .RaLayout-appFrame, & .RaLayout-contentWithSidebar': { minWidth: 0 },
          '& .RaLayout-content': {
            minWidth: 0,
            padding: theme.spacing(0, 1.5, 3),
            [theme.breakpoints.up('md')]: { padding: theme.spacing(0, 3, 4) },
          },
        }),
      },
    },
    RaList: { styleOverrides: { root: { '& .RaList-main, & .RaList-content': { minWidth: 0 } } } },
    RaListToolbar: { styleOverrides: { root: { '&&': { backgroundColor: 'transparent' } } } },
    RaFilterForm: { styleOverrides: { root: filterForm } },
    RaMenuItemLink: {
      styleOverrides: {
        root: { borderRadius: 8, margin: '2px 8px', '&.RaMenuItemLink-active': { fontWeight: 600 } },
      },
    },
    RaSidebar: { styleOverrides: { root: { '& .RaSidebar-fixed': { paddingTop: 8 } } } },
  },
};
