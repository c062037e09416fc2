import { runDoctor } from './run-doctor.js';

/** `npm run doctor`. */
process.exitCode = await runDoctor(process.env, (line) => {
  console.log(line);
});
