"""Words of the pages about a second factor, and about coming in by the company's own door."""

from trayecto.vocabulary.text import Text

WORDS = {
    "title": Text(en="Two-step sign-in", es="Entrar en dos pasos"),
    "lead": Text(
        en="Besides the password, a code from an app on your phone: a stolen password is not "
        "enough.",
        es="Además de la contraseña, un código de una aplicación de tu móvil: con una contraseña "
        "robada no basta.",
    ),
    "on": Text(en="It is on.", es="Está activado."),
    "off": Text(en="It is off.", es="Está desactivado."),
    "turn_on_title": Text(en="Turn on two-step sign-in", es="Activar la entrada en dos pasos"),
    "turn_off_title": Text(en="Turn off two-step sign-in", es="Desactivar la entrada en dos pasos"),
    "codes_new_title": Text(en="New recovery codes", es="Códigos de recuperación nuevos"),
    "turn_on": Text(en="Turn it on", es="Activarlo"),
    "turn_off": Text(en="Turn it off", es="Desactivarlo"),
    "turn_off_lead": Text(
        en="From then on the password alone lets you in, and the recovery codes are gone.",
        es="Desde entonces bastará con la contraseña, y los códigos de recuperación desaparecen.",
    ),
    "scan": Text(
        en="Scan this picture with your app (Aegis, Google Authenticator, 1Password …), and write "
        "the code it shows.",
        es="Escanea esta imagen con tu aplicación (Aegis, Google Authenticator, 1Password…) y "
        "escribe el código que te muestre.",
    ),
    "picture": Text(en="Picture for the app to scan", es="Imagen para escanear con la aplicación"),
    "secret": Text(
        en="Or write this key in the app by hand:", es="O escribe esta clave en la aplicación:"
    ),
    "code": Text(en="Code from the app", es="Código de la aplicación"),
    "any_code": Text(en="Code", es="Código"),
    "any_code_help": Text(
        en="Six digits from your app, or one of your recovery codes.",
        es="Seis cifras de tu aplicación, o uno de tus códigos de recuperación.",
    ),
    "enter_title": Text(en="One more step", es="Un paso más"),
    "go_on": Text(en="Continue", es="Continuar"),
    "leave": Text(en="Sign in as somebody else", es="Entrar con otra cuenta"),
    "codes": Text(en="Recovery codes", es="Códigos de recuperación"),
    "codes_lead": Text(
        en="Each works once, when your phone is not at hand. Keep them where you keep what is "
        "precious.",
        es="Cada uno sirve una vez, cuando no tengas el móvil a mano. Guárdalos donde guardas lo "
        "importante.",
    ),
    "codes_left": Text(en="{left} of {all} left.", es="Quedan {left} de {all}."),
    "codes_see": Text(en="See them", es="Verlos"),
    "codes_take": Text(en="Download them", es="Descargarlos"),
    "codes_new": Text(en="Create new ones", es="Crear otros"),
    "codes_new_lead": Text(
        en="The ones you have stop working.", es="Los que tienes dejarán de servir."
    ),
    "again_title": Text(en="Is it you?", es="¿Eres tú?"),
    "again_lead": Text(
        en="What follows concerns the safety of your account, so show once more that it is you.",
        es="Lo que sigue afecta a la seguridad de tu cuenta: demuestra otra vez que eres tú.",
    ),
    "other_ways": Text(en="With the other of the two steps", es="Con el otro de los dos pasos"),
    "with": Text(en="Sign in with {name}", es="Entrar con {name}"),
    "or": Text(en="or with your password", es="o con tu contraseña"),
    "stopped_title": Text(en="You did not sign in", es="No has entrado"),
    "stopped": Text(
        en="You stopped half-way, or your company did not let you through. Nothing has changed.",
        es="Te paraste a medias o tu empresa no te ha dejado pasar. Nada ha cambiado.",
    ),
    "failed": Text(
        en="Your company’s sign-in did not answer as it should. Try again; if it goes on, "
        "tell whoever administers the app.",
        es="El acceso de tu empresa no respondió como debía. Inténtalo otra vez; si sigue igual, "
        "avisa a quien administra la aplicación.",
    ),
    "uninvited_title": Text(en="You have no account here yet", es="Aún no tienes cuenta aquí"),
    "uninvited": Text(
        en="Ask an administrator of your team to invite you by the address of your company, and "
        "come back this way.",
        es="Pide a quien administra tu equipo que te invite con tu correo de la empresa y vuelve "
        "por aquí.",
    ),
    "inactive_title": Text(en="This account is closed", es="Esta cuenta está cerrada"),
    "inactive": Text(
        en="An administrator of your team can tell you why.",
        es="Quien administra tu equipo puede decirte por qué.",
    ),
}
