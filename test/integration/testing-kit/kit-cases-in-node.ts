import { kitCases } from './kit-cases.js';

for (const { name, run } of kitCases) {
  await run();
  console.log(name);
}
