import {
  IconAppWindow,
  IconHome,
  IconMail,
  IconPackage,
  IconRocket,
  IconRoute,
  IconSend,
  IconSettings,
  IconTemplate,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'

/** The pages of the menu, in their order; their words are `shell:pages.<word>`. */
export const NAVIGATION = [
  { to: '/', word: 'home', icon: IconHome },
  { to: '/customers', word: 'customers', icon: IconUsers },
  { to: '/segments', word: 'segments', icon: IconUsersGroup },
  { to: '/journeys', word: 'journeys', icon: IconRoute },
  { to: '/campaigns', word: 'campaigns', icon: IconSend },
  { to: '/templates', word: 'templates', icon: IconTemplate },
  { to: '/onsite', word: 'onsite', icon: IconAppWindow },
  { to: '/products', word: 'products', icon: IconPackage },
  { to: '/messages', word: 'messages', icon: IconMail },
  { to: '/guide', word: 'guide', icon: IconRocket },
  { to: '/settings', word: 'settings', icon: IconSettings },
] as const
