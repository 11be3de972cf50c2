import { Button, Popover, Stack, TextInput } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'

interface Place {
  country: string
  locale: string
}

/** From which country, and in which language. */
export function PlaceFilter({ place, onChange }: { place: Place; onChange: (place: Place) => void }) {
  const { t } = useTranslation('customers')
  const [isOpen, setOpen] = useState(false)
  const shown = [place.country, place.locale].filter((part) => part !== '').join(', ')
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const textOf = (name: string) => {
      const value = given.get(name)
      return typeof value === 'string' ? value.trim() : ''
    }
    onChange({ country: textOf('country'), locale: textOf('locale') })
    setOpen(false)
  }
  return (
    <Popover position="bottom-start" opened={isOpen} onChange={setOpen} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant={shown === '' ? 'default' : 'light'}
          size="xs"
          fw={500}
          onClick={() => setOpen((before) => !before)}
          rightSection={<IconChevronDown size={14} stroke={1.6} aria-hidden />}
        >
          {t('place')}
          {shown === '' ? '' : `: ${shown}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={submit}>
          <Stack gap="sm">
            <TextInput
              name="country"
              label={t('country')}
              description={t('countryHint')}
              defaultValue={place.country}
              maxLength={2}
              pattern="[A-Za-z]{2}"
            />
            <TextInput
              name="locale"
              label={t('locale')}
              description={t('localeHint')}
              defaultValue={place.locale}
              maxLength={35}
            />
            <Button type="submit" size="xs">
              {t('show')}
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
