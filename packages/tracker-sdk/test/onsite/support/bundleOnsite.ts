import { build } from 'esbuild'

const folder = new URL('../../../', import.meta.url).pathname

/** The chunk as it is shipped. */
export const bundleOnsite = async (): Promise<string> => {
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: ['src/onsite/module.ts'],
    bundle: true,
    format: 'esm',
    target: 'es2020',
    minify: true,
    legalComments: 'none',
    write: false,
  })
  return outputFiles[0]!.text
}
