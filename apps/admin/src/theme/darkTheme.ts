import type { RaThemeOptions } from 'react-admin';
import { baseTheme } from './baseTheme.js';

/** The same calm at night: no pure black, no glowing colours. */
export const darkTheme: RaThemeOptions = {
  ...baseTheme,
  palette: {
    mode: 'dark',
    primary: { main: '#86bcd8', contrastText: '#0d1a22' },
    secondary: { main: '#a3b7c4' },
    success: { main: '#7cc7a0' },
    warning: { main: '#e3b167' },
    error: { main: '#f2a19a' },
    info: { main: '#8fb8e2' },
    background: { default: '#11181d', paper: '#182127' },
    text: { primary: '#e6edf1', secondary: '#a9b8c2' },
    divider: '#2c3941',
  },
};
