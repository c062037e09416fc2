import { answerParent } from '../runner/child.mjs';
import { enrol, startApplication } from './application.mjs';
import { startPeers } from './peers.mjs';

// The server in a process of its own: its processor time is nobody else's.
const state = {};

answerParent({
  async start({ databaseUrl }) {
    state.app = await startApplication(databaseUrl);
    return { url: await state.app.getUrl() };
  },
  enrol: (people) => enrol(state.app, people),
  async startPeers({ databaseUrl, users }) {
    state.peers = await startPeers(databaseUrl, users);
    return { url: state.peers.url };
  },
  /** Processor time used so far, in microseconds: all threads, garbage collection included. */
  cpu: () => process.cpuUsage(),
  async stop() {
    await state.peers?.stop();
    await state.app.close();
  },
});
