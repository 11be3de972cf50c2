import { ColorInput, NativeSelect, SimpleGrid, Stack, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/Panel.tsx'
import { settingsQuery } from '../../settings/settingsQuery.ts'
import { Contrast } from '../../settings/shop/Contrast.tsx'
import { useOnsiteEditing } from '../editor/onsiteEditing.ts'

const POSITIONS = ['centre', 'corner', 'top', 'bottom'] as const
const COLOURS = ['accent', 'onAccent', 'background', 'text'] as const

/** Where it stands, and in which colours. */
export function LooksPanel() {
  const { t } = useTranslation('onsite')
  const { message, change, problemAt, isReadOnly } = useOnsiteEditing()
  const brand = useQuery(settingsQuery).data?.brand.colours
  const { colours, position } = message
  const own = () => ({
    accent: brand?.accent ?? '#0f6b60',
    onAccent: brand?.onAccent ?? '#ffffff',
    background: '#ffffff',
    text: '#1d2327',
  })
  return (
    <Panel title={t('parts.looks')}>
      <NativeSelect
        label={t('looks.position')}
        w={{ base: '100%', sm: 280 }}
        disabled={isReadOnly}
        value={position ?? ''}
        onChange={({ currentTarget }) =>
          change({ position: POSITIONS.find((one) => one === currentTarget.value) ?? null })
        }
        data={[
          { value: '', label: t('looks.positions.usual') },
          ...POSITIONS.map((value) => ({ value, label: t(`looks.positions.${value}`) })),
        ]}
      />
      <Switch
        label={t('looks.own')}
        description={t('looks.ownText')}
        checked={colours !== null}
        disabled={isReadOnly}
        onChange={({ currentTarget }) => change({ colours: currentTarget.checked ? own() : null })}
      />
      {colours ? (
        <>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            {COLOURS.map((name) => (
              <ColorInput
                key={name}
                label={t(`looks.${name === 'text' ? 'textColour' : name}`)}
                format="hex"
                withEyeDropper={false}
                readOnly={isReadOnly}
                value={colours[name]}
                onChange={(value) => change({ colours: { ...colours, [name]: value } }, `colours.${name}`)}
                error={problemAt(`colours.${name}`)}
              />
            ))}
          </SimpleGrid>
          <Stack gap={6} role="status">
            <Contrast what={t('looks.onButton')} text={colours.onAccent} on={colours.accent} />
            <Contrast what={t('looks.onBackground')} text={colours.text} on={colours.background} />
          </Stack>
        </>
      ) : null}
    </Panel>
  )
}
