export function TryPanel() {
  return null
}
