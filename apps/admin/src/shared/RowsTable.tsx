import { Box, Table, TableBody, TableCell, TableHead, TableRow, useMediaQuery } from '@mui/material';
import type { ReactNode } from 'react';

/** One column: its heading and what a row shows in it. */
export interface Column<Row> {
  heading: string;
  cell: (row: Row) => ReactNode;
  width?: string;
}

interface RowsTableProps<Row> {
  label: string;
  rows: Row[];
  rowKey: (row: Row) => string;
  columns: Column<Row>[];
}

/** A small read-only table; on a phone each row becomes a labelled block, so that nothing scrolls sideways. */
export function RowsTable<Row>(props: RowsTableProps<Row>) {
  const onPhone = useMediaQuery((theme) => theme.breakpoints.down('sm'));
  return onPhone ? <StackedRows {...props} /> : <WideRows {...props} />;
}

function WideRows<Row>({ label, rows, rowKey, columns }: RowsTableProps<Row>) {
  return (
    <Table size="small" aria-label={label} sx={{ '& tr:last-of-type > td': { borderBottom: 0 } }}>
      <TableHead>
        <TableRow>
          {columns.map(({ heading, width }) => (
            <TableCell key={heading} sx={{ width, color: 'text.secondary' }}>
              {heading}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={rowKey(row)}>
            {columns.map(({ heading, cell }) => (
              <TableCell key={heading} sx={{ overflowWrap: 'anywhere', verticalAlign: 'top' }}>
                {cell(row)}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function StackedRows<Row>({ label, rows, rowKey, columns }: RowsTableProps<Row>) {
  const [first, ...others] = columns;
  return (
    <Box component="ul" aria-label={label} sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {rows.map((row) => (
        <Box component="li" key={rowKey(row)} sx={{ px: 2, py: 1.5, borderTop: 1, borderColor: 'divider' }}>
          <Box sx={{ mb: 0.5, overflowWrap: 'anywhere' }}>{first?.cell(row)}</Box>
          <Box component="dl" sx={{ display: 'grid', gridTemplateColumns: '6rem 1fr', rowGap: 0.5, m: 0 }}>
            {others.map(({ heading, cell }) => (
              <Box key={heading} sx={{ display: 'contents', typography: 'body2' }}>
                <Box component="dt" sx={{ color: 'text.secondary', typography: 'body2' }}>
                  {heading}
                </Box>
                <Box component="dd" sx={{ m: 0, minWidth: 0, overflowWrap: 'anywhere', typography: 'body2' }}>
                  {cell(row)}
                </Box>
              </Box>
            ))}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
