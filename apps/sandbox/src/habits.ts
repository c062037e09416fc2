import type { ProviderName } from './options.js';
import { polarHabits } from './polar/polar-habits.js';
import type { ProviderHabits } from './provider-habits.js';
import { stripeHabits } from './stripe/stripe-habits.js';

/** The habits of both. */
export const HABITS: Readonly<Record<ProviderName, ProviderHabits>> = {
  polar: polarHabits,
  stripe: stripeHabits,
};
