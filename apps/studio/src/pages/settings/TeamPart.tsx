import { TeamPanel } from '../access/TeamPanel.tsx'

/** Who works here, as what, and who is invited. */
export default function TeamPart() {
  return <TeamPanel />
}
