import type { VerifiedEvent } from '../../libs/billing/src/providers/payment-provider.js';

/** The one header of a fake delivery; its value names the delivery, and only its exact bytes go with it. */
export const FAKE_DELIVERY_HEADER = 'fake-delivery';

/** A delivery as it would reach `POST /webhooks/payment`. */
export interface FakeDelivery {
  readonly rawBody: Buffer;
  readonly headers: Record<string, string>;
}

/** The deliveries that a fake provider made. What it did not make is not signed. */
export class FakeDeliveries {
  private readonly made: { readonly event: VerifiedEvent; readonly delivery: FakeDelivery }[] = [];

  constructor(private readonly now: () => Date) {}

  /** Makes one delivery. */
  add(content: Omit<VerifiedEvent, 'eventId' | 'occurredAt' | 'isOfOtherMode'>): FakeDelivery {
    const eventId = `event_${this.made.length + 1}`;
    const event = { ...content, eventId, occurredAt: this.now(), isOfOtherMode: false };
    const headers = { [FAKE_DELIVERY_HEADER]: event.eventId };
    const delivery = { rawBody: Buffer.from(JSON.stringify(event)), headers };
    this.made.push({ event, delivery });
    return delivery;
  }

  /** The event of a delivery, if these are its bytes. */
  find(eventId: string | undefined, rawBody: Buffer): VerifiedEvent | null {
    const found = this.made.find(
      ({ event, delivery }) => event.eventId === eventId && delivery.rawBody.equals(rawBody),
    );
    return found?.event ?? null;
  }

  /** All about one subscription, oldest first. */
  about(subscriptionId: string): readonly FakeDelivery[] {
    return this.made
      .filter(({ event }) => event.subscriptionId === subscriptionId)
      .map(({ delivery }) => delivery);
  }
}
