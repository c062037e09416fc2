import type { RaThemeOptions } from 'react-admin';
import { baseTheme } from './baseTheme.js';

/** Ink on near-white paper. */
export const lightTheme: RaThemeOptions = {
  ...baseTheme,
  palette: {
    mode: 'light',
    primary: { main: '#1f5673', contrastText: '#ffffff' },
    secondary: { main: '#4a6274' },
    success: { main: '#1c6b45' },
    warning: { main: '#8a5300' },
    error: { main: '#b3261e' },
    info: { main: '#2a5d8f' },
    background: { default: '#f5f7f8', paper: '#ffffff' },
    text: { primary: '#18232b', secondary: '#4d5d68' },
    divider: '#dde3e7',
  },
};
