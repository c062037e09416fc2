/** Preloaded before a check that must not touch a network: whoever opens a socket or looks a name up fails. */
import dns from 'node:dns';
import net from 'node:net';

const refuse = (what) => () => {
  throw new Error(`${what}: this has to run without a network`);
};

net.Socket.prototype.connect = refuse('connect');
net.Server.prototype.listen = refuse('listen');
dns.lookup = refuse('lookup');
