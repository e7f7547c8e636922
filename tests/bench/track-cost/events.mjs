// The two events that are timed: the same objects for both sides.

const DATA_BYTES = 1030;

const products = Array.from({ length: 6 }, (_, i) => ({
  sku: `SKU-${10_000 + i * 37}`,
  name: ['Merino jumper', 'Rain jacket', 'Trail shoes', 'Wool socks', 'Head torch', 'Water bottle'][i],
  price: 19.9 + i * 12.5,
  quantity: 1 + (i % 3),
  colours: ['black', 'moss', 'sand'].slice(0, 1 + (i % 3)),
}));

const order = {
  orderId: 'A-2041-77813',
  step: 3,
  currency: 'EUR',
  total: 314.15,
  express: true,
  coupon: null,
  products,
  delivery: { country: 'PT', city: 'Lisboa', postcode: '1100-148', carrier: 'post', days: 2 },
  note: '',
};

/** Exactly 1,030 bytes of JSON. */
export const data = { ...order, note: 'x'.repeat(DATA_BYTES - JSON.stringify(order).length) };

export const SCHEMA = 'iglu:com.example.shop/checkout_step/jsonschema/1-0-0';

/** About 370 bytes of JSON. */
export const entities = [
  {
    schema: 'iglu:com.example.shop/user/jsonschema/1-0-0',
    data: { tier: 'gold', since: '2021-03-14', newsletter: true, visits: 41, segment: 'outdoor-returning' },
  },
  {
    schema: 'iglu:com.example.shop/experiment/jsonschema/2-1-0',
    data: { name: 'checkout-one-page', variant: 'B', bucket: 1187, started: '2026-01-12T08:00:00Z' },
  },
];

/** Five fields. @param {number} value */
export const structured = (value) => ({
  category: 'checkout',
  action: 'add-to-basket',
  label: 'Merino jumper, moss',
  property: 'product-list',
  value,
});
