export function LivePanel() {
  return null
}
