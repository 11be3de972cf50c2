const format = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' })

/** Cents of a euro as people read them, such as `€13.50`. */
export const formatMoney = (cents: number): string => format.format(cents / 100)
