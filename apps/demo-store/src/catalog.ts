export interface Product {
  id: string
  sku: string
  name: string
  category: 'Coffee' | 'Gear'
  /** Cents of a euro. */
  price: number
  /** Where it comes from, or what it is made of. */
  origin: string
  /** One line for the list. */
  summary: string
  description: string
  /** Name and value of what a buyer compares. */
  facts: readonly (readonly [name: string, value: string])[]
}

export const catalog: readonly Product[] = [
  {
    id: 'huila',
    sku: 'COF-HUI-250',
    name: 'Huila',
    category: 'Coffee',
    price: 1350,
    origin: 'Colombia',
    summary: 'Panela, red apple and cocoa.',
    description:
      'Grown by four neighbours above Pitalito, who share one drying roof. Sweet and round, with an acidity that ' +
      'stays polite: the bag that we open when guests come.',
    facts: [
      ['Altitude', '1,750 m'],
      ['Process', 'Washed'],
      ['Roast', 'Medium'],
      ['Bag', '250 g, whole bean'],
    ],
  },
  {
    id: 'sidama',
    sku: 'COF-SID-250',
    name: 'Sidama',
    category: 'Coffee',
    price: 1500,
    origin: 'Ethiopia',
    summary: 'Blueberry, jasmine and lemon peel.',
    description:
      'Dried in the whole cherry for three weeks, turned by hand every hour. Smells of flowers before the water ' +
      'even touches it. At its best as a filter coffee, without milk.',
    facts: [
      ['Altitude', '2,050 m'],
      ['Process', 'Natural'],
      ['Roast', 'Light'],
      ['Bag', '250 g, whole bean'],
    ],
  },
  {
    id: 'antigua',
    sku: 'COF-ANT-250',
    name: 'Antigua',
    category: 'Coffee',
    price: 1400,
    origin: 'Guatemala',
    summary: 'Dark chocolate, orange and walnut.',
    description:
      'From volcanic soil under the shade of gravilea trees. Heavy and calm, it keeps its taste in milk and ' +
      'forgives an espresso machine that has seen better days.',
    facts: [
      ['Altitude', '1,600 m'],
      ['Process', 'Washed'],
      ['Roast', 'Medium dark'],
      ['Bag', '250 g, whole bean'],
    ],
  },
  {
    id: 'cerrado-decaf',
    sku: 'COF-CER-250',
    name: 'Cerrado Decaf',
    category: 'Coffee',
    price: 1290,
    origin: 'Brazil',
    summary: 'Hazelnut, caramel and a good night.',
    description:
      'Decaffeinated with mountain water and nothing else. Nutty, low in acidity, and so much like the real thing ' +
      'that we label the cups.',
    facts: [
      ['Altitude', '1,100 m'],
      ['Process', 'Natural, water decaf'],
      ['Roast', 'Medium'],
      ['Bag', '250 g, whole bean'],
    ],
  },
  {
    id: 'dripper',
    sku: 'GEAR-DRI-1',
    name: 'Ceramic Dripper',
    category: 'Gear',
    price: 2400,
    origin: 'Glazed stoneware',
    summary: 'One cone, one cup, three minutes.',
    description:
      'A thick-walled cone that holds its heat to the last drop. Spiral ribs keep the paper off the wall, so the ' +
      'water finds its way at its own pace.',
    facts: [
      ['Makes', '1 to 2 cups'],
      ['Paper', 'Size 02'],
      ['Weight', '420 g'],
      ['Care', 'Dishwasher safe'],
    ],
  },
  {
    id: 'kettle',
    sku: 'GEAR-KET-1',
    name: 'Gooseneck Kettle',
    category: 'Gear',
    price: 5900,
    origin: 'Brushed steel',
    summary: 'Pours as slowly as you mean it.',
    description:
      'A narrow spout that draws a thread of water and lays it where you point. The wooden handle stays cool, the ' +
      'thermometer in the lid tells you when to wait.',
    facts: [
      ['Holds', '0.9 l'],
      ['Hobs', 'All, also induction'],
      ['Handle', 'Walnut'],
      ['Weight', '640 g'],
    ],
  },
  {
    id: 'grinder',
    sku: 'GEAR-GRI-1',
    name: 'Hand Grinder',
    category: 'Gear',
    price: 7200,
    origin: 'Steel burrs',
    summary: 'Thirty turns to a better morning.',
    description:
      'Conical burrs on two bearings, so that the grind is even and the arm does not tire. Clicks from espresso to ' +
      'French press, and fits into a rucksack.',
    facts: [
      ['Holds', '25 g'],
      ['Settings', '36 clicks'],
      ['Burrs', '38 mm, steel'],
      ['Weight', '480 g'],
    ],
  },
  {
    id: 'cup',
    sku: 'GEAR-CUP-1',
    name: 'Stoneware Cup',
    category: 'Gear',
    price: 1600,
    origin: 'Thrown by hand',
    summary: 'Slightly different from all the others.',
    description:
      'Thrown and glazed in a village workshop, so no two are alike. It fits the dripper above and most hands ' +
      'below.',
    facts: [
      ['Holds', '220 ml'],
      ['Glaze', 'Oat, speckled'],
      ['Weight', '290 g'],
      ['Care', 'Dishwasher safe'],
    ],
  },
]

export const findProduct = (id: string): Product | undefined => catalog.find((product) => product.id === id)
