import { toMoney } from '../subscription-words.js';
import { asCount, asList, asReference, asText, at } from '../tolerant-reader.js';
import type { MoneyBack } from '../webhook-event.js';

/** Also of early warnings and appeals; refunds know no such word. */
const NEEDS_ANSWER = /needs_response$/;

/**
 * What a refund, a dispute or a refunded charge says of money that goes back. A charge tells the sum of its refunds; API
 * versions before 2022-11-15 list them in it, later ones do not.
 */
export function readMoneyBack(subject: unknown): MoneyBack {
  const isCharge = at(subject, 'object') === 'charge';
  const amount = asCount(at(subject, isCharge ? 'amount_refunded' : 'amount'));
  const status = asText(at(subject, 'status'));
  const latest = asList(at(subject, 'refunds', 'data'))[0];
  return {
    id: asText(at(isCharge ? latest : subject, 'id')),
    paymentId: isCharge ? asText(at(subject, 'id')) : asReference(at(subject, 'charge')),
    money: toMoney(amount === null ? null : BigInt(amount), asText(at(subject, 'currency'))),
    isTotal: isCharge,
    needsAnswer: !isCharge && NEEDS_ANSWER.test(status ?? ''),
    status,
    reason: asText(at(isCharge ? latest : subject, 'reason')),
  };
}
