import { Controller, Get } from '@nestjs/common';
import { inProject } from '../../apps/api/bin/project.mjs';

/** A flag that paid plans have, without rollout and without rates. */
const FEATURE = 'ai_features';

/** A quota that is counted in the request, by one durable statement. */
const QUOTA = 'executions';

/** The same handler behind every gate and none: what a route costs beside it would only hide what the gate costs. */
const handler = () => ({ ok: true });

/** The application with the routes to measure; they pass every hook, guard and pipe that its own routes pass. */
export async function routesModule(application) {
  const { BilledTo, Consumes, RequiresFeature } = await import(
    inProject('dist/libs/entitlements/src/index.js')
  );
  const routes = [
    route('open', []),
    route('gated', [RequiresFeature(FEATURE)]),
    route('counted', [Consumes(QUOTA)]),
  ];
  const controllers = routes.map((controller) => decorated(controller, [BilledTo({ by: 'caller' })]));
  return { module: class BenchModule {}, imports: [application], controllers };
}

/** What `@Controller(...) class { @Get() … answer() {} }` compiles to; Node knows no decorators. */
function route(path, decorators) {
  class RouteController {
    answer() {
      return handler();
    }
  }
  const descriptor = Object.getOwnPropertyDescriptor(RouteController.prototype, 'answer');
  for (const decorate of [Get(), ...decorators]) decorate(RouteController.prototype, 'answer', descriptor);
  // A gate may put another method in the place of the one it was given.
  Object.defineProperty(RouteController.prototype, 'answer', descriptor);
  return decorated(RouteController, [Controller(`bench/${path}`)]);
}

function decorated(target, decorators) {
  for (const decorate of decorators) decorate(target);
  return target;
}
