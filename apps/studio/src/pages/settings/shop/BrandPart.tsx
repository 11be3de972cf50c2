import { ColorInput, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/Panel.tsx'
import { Fields } from '../form/Fields.tsx'
import { useSettingsForm } from '../form/useSettingsForm.ts'
import { Contrast } from './Contrast.tsx'
import { SocialLinks } from './SocialLinks.tsx'
import { WithPreview } from './WithPreview.tsx'

const COLOURS = ['accent', 'onAccent', 'background', 'darkAccent', 'onDarkAccent'] as const
const FONTS = ['serif', 'sans', 'mono'] as const
/** The cards of mails, where the reader's screen is light. */
const CARD = '#ffffff'

/** How the shop's mails look. */
export default function BrandPart() {
  const { t } = useTranslation('settings')
  const form = useSettingsForm()
  const { colours } = form.get('brand')
  return (
    <WithPreview form={form}>
      <Panel title={t('brand.pictures')}>
        <TextInput
          type="url"
          label={t('brand.logo')}
          description={t('brand.logoText')}
          placeholder="https://shop.example/logo.png"
          {...form.text('brand.logoUrl', null)}
        />
        <NumberInput
          label={t('brand.logoWidth')}
          suffix=" px"
          min={16}
          max={400}
          w={160}
          {...form.number('brand.logoWidth')}
        />
        <TextInput
          type="url"
          label={t('brand.hero')}
          description={t('brand.heroText')}
          placeholder="https://shop.example/hero.jpg"
          {...form.text('brand.heroImageUrl', null)}
        />
      </Panel>
      <Panel title={t('brand.colours')}>
        <Fields cols={{ base: 1, xs: 2 }}>
          {COLOURS.map((name) => {
            const { onChange: _event, ...field } = form.text(`brand.colours.${name}`)
            return (
              <ColorInput
                key={name}
                label={t(`brand.colour.${name}`)}
                format="hex"
                withEyeDropper={false}
                {...field}
                onChange={(value) => form.set(`brand.colours.${name}`, value)}
              />
            )
          })}
        </Fields>
        <Stack gap={6} role="status">
          <Contrast what={t('brand.onButtons')} text={colours.onAccent} on={colours.accent} />
          <Contrast what={t('brand.ofLinks')} text={colours.accent} on={CARD} />
          <Contrast what={t('brand.onDarkButtons')} text={colours.onDarkAccent} on={colours.darkAccent} />
        </Stack>
      </Panel>
      <Panel title={t('brand.shapes')}>
        <Fields cols={{ base: 1, xs: 3 }}>
          {(['heading', 'body'] as const).map((name) => (
            <NativeSelect
              key={name}
              label={t(`brand.font.${name}`)}
              value={form.get(`brand.fonts.${name}`)}
              onChange={({ currentTarget }) =>
                form.choice(`brand.fonts.${name}`).onChange(currentTarget.value)
              }
              data={FONTS.map((value) => ({ value, label: t(`brand.fonts.${value}`) }))}
            />
          ))}
          <NumberInput
            label={t('brand.radius')}
            suffix=" px"
            min={0}
            max={40}
            {...form.number('brand.radius')}
          />
        </Fields>
      </Panel>
      <Panel title={t('brand.social')} text={t('brand.socialText')}>
        <SocialLinks form={form} />
      </Panel>
    </WithPreview>
  )
}
