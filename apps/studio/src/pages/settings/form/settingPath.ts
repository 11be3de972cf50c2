import type { Settings } from '../settingsQuery.ts'

type Below<Value, Prefix extends string> = Value extends readonly unknown[]
  ? never
  : Value extends object
    ? {
        [Name in keyof Value & string]: `${Prefix}${Name}` | Below<Value[Name], `${Prefix}${Name}.`>
      }[keyof Value & string]
    : never

/** Where a setting stands: `shop.name`, `brand.colours.accent`. */
export type SettingPath = Below<Settings, ''>

type ValueIn<Value, Path extends string> = Path extends `${infer Name}.${infer Rest}`
  ? Name extends keyof NonNullable<Value>
    ? ValueIn<NonNullable<Value>[Name], Rest>
    : undefined
  : Path extends keyof NonNullable<Value>
    ? NonNullable<Value>[Path]
    : undefined

/** What a setting can be. */
export type SettingValue<Path extends SettingPath> = ValueIn<Settings, Path>

export const valueAt = <Path extends SettingPath>(settings: Settings, path: Path) =>
  path
    .split('.')
    .reduce<unknown>(
      (value, name) => (value as Record<string, unknown> | null | undefined)?.[name],
      settings,
    ) as SettingValue<Path>

/** The same settings with another value at one place. */
export function withValueAt<Path extends SettingPath>(
  settings: Settings,
  path: Path,
  value: SettingValue<Path> | undefined,
): Settings {
  const set = (target: unknown, [name = '', ...rest]: string[]): unknown => ({
    ...(target as object),
    [name]: rest.length === 0 ? value : set((target as Record<string, unknown>)[name], rest),
  })
  return set(settings, path.split('.')) as Settings
}
