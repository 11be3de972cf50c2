/** After how many days a warm-up lets as many mails go as it leads to. */
export function warmUpDays({
  first,
  growth,
  until,
}: {
  first: number
  growth: number
  until: number
}): number {
  if (first >= until) return 1
  if (growth <= 1) return Infinity
  return Math.ceil(Math.log(until / first) / Math.log(growth)) + 1
}
