import { runSetup } from './run-setup.js';

/** `npm run provider:setup`. */
process.exitCode = await runSetup(process.env, (line) => {
  console.log(line);
});
