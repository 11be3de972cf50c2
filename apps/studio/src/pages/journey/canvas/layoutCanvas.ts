import api, { type ELK, type ElkExtendedEdge, type ElkPoint } from 'elkjs/lib/elk-api.js'
// Runs as it is in a worker of its own: drawing goes on meanwhile.
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'

export interface LayoutBox {
  id: string
  width: number
  height: number
}

export interface LayoutLine {
  id: string
  source: string
  target: string
  label: { width: number; height: number }
}

export interface CanvasLayout {
  boxes: ReadonlyMap<string, { x: number; y: number }>
  lines: ReadonlyMap<string, { points: readonly ElkPoint[]; label: ElkPoint }>
}

/** From top to bottom, in the order of writing; the same journey is always drawn alike. */
const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
  'elk.layered.spacing.nodeNodeBetweenLayers': '18',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.spacing.nodeNode': '36',
  'elk.spacing.edgeNode': '24',
  'elk.spacing.edgeEdge': '16',
  'elk.layered.feedbackEdges': 'true',
  'elk.randomSeed': '1',
}

/** A label is part of its line, and not beside it. */
const INLINE = { 'elk.edgeLabels.inline': 'true' }

let elk: ELK | undefined
const theElk = () => (elk ??= new api.default({ workerFactory: () => new Worker(workerUrl) }))

const pointsOf = ({ sections = [] }: ElkExtendedEdge): ElkPoint[] =>
  sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint])

/** Finds a place for every box and line, in a worker. */
export async function layoutCanvas(
  boxes: readonly LayoutBox[],
  lines: readonly LayoutLine[],
): Promise<CanvasLayout> {
  const laid = await theElk().layout({
    id: 'root',
    layoutOptions: OPTIONS,
    children: boxes.map((box) => ({ ...box })),
    edges: lines.map(({ id, source, target, label }) => ({
      id,
      sources: [source],
      targets: [target],
      labels: [{ id: `${id}:label`, text: '+', ...label, layoutOptions: INLINE }],
    })),
  })
  const edges: ElkExtendedEdge[] = laid.edges ?? []
  return {
    boxes: new Map((laid.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x, y }])),
    lines: new Map(
      edges.map((edge) => {
        const { x = 0, y = 0, width = 0, height = 0 } = edge.labels?.[0] ?? {}
        return [edge.id, { points: pointsOf(edge), label: { x: x + width / 2, y: y + height / 2 } }]
      }),
    ),
  }
}
