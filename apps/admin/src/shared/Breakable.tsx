import { Fragment } from 'react';

const afterJoint = /(?<=[_.:@/-])/;

/** A long word without blanks (a key, an e-mail address) that prefers to break at its joints. */
export const Breakable = ({ children }: { children: string }) =>
  children.split(afterJoint).map((part, place) => (
    <Fragment key={`${place}-${part}`}>
      {place > 0 && <wbr />}
      {part}
    </Fragment>
  ));
