"""Words of the pages about accounts."""

from trayecto.vocabulary.text import Text

WORDS = {
    "first_title": Text(en="The first account", es="La primera cuenta"),
    "first_lead": Text(
        en="It runs this workspace and invites everybody else.",
        es="Administra este espacio de trabajo e invita a los demás.",
    ),
    "sign_in": Text(en="Sign in", es="Entrar"),
    "sign_in_title": Text(en="Sign in to Trayecto", es="Entrar en Trayecto"),
    "name": Text(en="Your name", es="Tu nombre"),
    "email": Text(en="E-mail address", es="Correo electrónico"),
    "password": Text(en="Password", es="Contraseña"),
    "password_help": Text(
        en="Ten characters or more; a few words are easier to remember than symbols.",
        es="Diez caracteres o más; unas cuantas palabras se recuerdan mejor que los símbolos.",
    ),
    "team": Text(en="Name of your team", es="Nombre de tu equipo"),
    "team_default": Text(en="Customer experience", es="Experiencia de cliente"),
    "make": Text(en="Create the account", es="Crear la cuenta"),
    "forgot": Text(en="I have forgotten my password", es="He olvidado la contraseña"),
    "mismatch": Text(
        en="That address and that password do not go together. Try again.",
        es="Ese correo y esa contraseña no van juntos. Inténtalo otra vez.",
    ),
    "incorrect": Text(
        en="That is not your password. Try again.",
        es="Esa no es tu contraseña. Inténtalo otra vez.",
    ),
    "too_many": Text(
        en="Too many tries. Wait a few minutes and try again, or ask for a new password.",
        es="Demasiados intentos. Espera unos minutos e inténtalo otra vez, o pide una contraseña "
        "nueva.",
    ),
    "inactive": Text(
        en="This account is closed. An administrator of your team can open it again.",
        es="Esta cuenta está cerrada. Quien administra tu equipo puede volver a abrirla.",
    ),
    "back_in": Text(en="Back to sign in", es="Volver a entrar"),
    "sign_out_title": Text(en="Sign out", es="Salir"),
    "sign_out_lead": Text(en="What you saved stays here.", es="Lo que has guardado se queda aquí."),
    "team_title": Text(en="Team {team}", es="El equipo {team}"),
    "teams": Text(en="Your teams", es="Tus equipos"),
    "team_name": Text(en="What the team is called", es="Cómo se llama el equipo"),
    "name_of_team": Text(en="Name", es="Nombre"),
    "rename": Text(en="Rename it", es="Cambiar el nombre"),
    "new_team": Text(en="Another team", es="Otro equipo"),
    "new_team_help": Text(
        en="A team has its own maps and its own people; somebody can be in several. You will "
        "administer it.",
        es="Cada equipo tiene sus mapas y sus miembros, y alguien puede estar en varios. Lo "
        "administrarás tú.",
    ),
    "make_team": Text(en="Create the team", es="Crear el equipo"),
    "team_needs": Text(en="A team needs a name.", es="Un equipo necesita un nombre."),
    "member": Text(en="Member", es="Miembro"),
    "role": Text(en="Role", es="Rol"),
    "role_1": Text(en="viewer", es="lector"),
    "role_2": Text(en="editor", es="editor"),
    "role_3": Text(en="administrator", es="administrador"),
    "sees_people": Text(en="can see personal data", es="puede ver datos personales"),
    "save": Text(en="Save", es="Guardar"),
    "remove": Text(en="Remove from the team", es="Sacar del equipo"),
    "last_admin": Text(
        en="A team needs an administrator. Make somebody else one first.",
        es="Un equipo necesita quien lo administre. Nombra antes a otra persona.",
    ),
    "invite_title": Text(en="Invite somebody", es="Invitar a alguien"),
    "invite": Text(en="Create the invitation", es="Crear la invitación"),
    "invited_link": Text(
        en="Send this link; it is shown only now and works for 7 days:",
        es="Envía este enlace; solo se muestra ahora y sirve durante 7 días:",
    ),
    "invited": Text(en="Invited, not joined yet", es="Invitados que aún no han entrado"),
    "until": Text(en="until {day}", es="hasta el {day}"),
    "take_back": Text(en="Withdraw it", es="Retirarla"),
    "mail_subject": Text(en="An invitation to the team {team}", es="Invitación al equipo {team}"),
    "mail_text": Text(
        en="You are invited to work on the journey maps of {team}. "
        "Open this link within 7 days:\n\n{link}\n",
        es="Te invitan a trabajar en los mapas de trayecto de {team}. "
        "Abre este enlace antes de 7 días:\n\n{link}\n",
    ),
    "join_title": Text(en="Join the team {team}", es="Entrar en el equipo {team}"),
    "join": Text(en="Join", es="Entrar en el equipo"),
    "audit": Text(en="Who did what", es="Quién hizo qué"),
    "audit_lead": Text(
        en="Views of people, exports, erasures, links and changes of permissions, newest first.",
        es="Consultas de personas, exportaciones, borrados, enlaces y cambios de permisos, del "
        "más reciente al más antiguo.",
    ),
    "moment": Text(en="When", es="Cuándo"),
    "who": Text(en="Who", es="Quién"),
    "audit_pages": Text(en="Pages of the log", es="Páginas del registro"),
    "audit_newer": Text(en="Newer", es="Más recientes"),
    "audit_older": Text(en="Older", es="Más antiguas"),
    "act": Text(en="What", es="Qué"),
    "act_times": Text(en="{n} times, the first on {first}", es="{n} veces, la primera el {first}"),
    "about": Text(en="About", es="Sobre"),
    "nobody": Text(en="somebody without an account", es="alguien sin cuenta"),
    "account_title": Text(en="Your account", es="Tu cuenta"),
    "language": Text(en="Language", es="Idioma"),
    "zone": Text(en="Time zone", es="Zona horaria"),
    "zone_help": Text(
        en="For example Europe/Madrid. Left empty, the one of the workspace.",
        es="Por ejemplo, Europe/Madrid. Si la dejas vacía, la del espacio de trabajo.",
    ),
    "zone_wrong": Text(
        en="There is no such time zone. Write it like Europe/Madrid.",
        es="No existe esa zona horaria. Escríbela como Europe/Madrid.",
    ),
    "saved": Text(en="Saved.", es="Guardado."),
    "cancel": Text(en="Cancel", es="Cancelar"),
    "change_password": Text(en="Change your password", es="Cambiar la contraseña"),
    "sessions": Text(en="Where you are signed in", es="Dónde has entrado"),
    "session": Text(en="Browser", es="Navegador"),
    "since": Text(en="Since", es="Desde"),
    "this_one": Text(en="this browser", es="este navegador"),
    "end": Text(en="Sign out there", es="Salir allí"),
    "reset_title": Text(en="A new password", es="Una contraseña nueva"),
    "reset_lead": Text(
        en="Enter your address: you will get a link to choose a new password.",
        es="Escribe tu correo; te llegará un enlace para elegir una contraseña nueva.",
    ),
    "reset_send": Text(en="Send the link", es="Enviar el enlace"),
    "reset_again": Text(en="Ask for another link", es="Pedir otro enlace"),
    "reset_sent_title": Text(en="Check your mail", es="Mira tu correo"),
    "reset_sent": Text(
        en="If there is an account with that address, the link is on its way. If it does not come "
        "in a few minutes, look among the unwanted mail, or ask for another.",
        es="Si hay una cuenta con esa dirección, el enlace va en camino. Si no llega en unos "
        "minutos, mira en el correo no deseado o pide otro.",
    ),
    "reset_mail_subject": Text(
        en="A new password for Trayecto", es="Una contraseña nueva para Trayecto"
    ),
    "reset_mail": Text(
        en="Somebody, you we hope, has asked for a new password.\n"
        "Open this link within a day to choose it:\n\n{link}\n\n"
        "If it was not you, do nothing: the one you have stays.",
        es="Alguien, esperamos que tú, ha pedido una contraseña nueva.\n"
        "Abre este enlace antes de un día para elegirla:\n\n{link}\n\n"
        "Si no has sido tú, no hagas nada: la que tienes sigue valiendo.",
    ),
    "reset_bad": Text(
        en="This link has already been used, or has expired. Ask for another.",
        es="Este enlace ya se usó o ha caducado. Pide otro.",
    ),
    "reset_done": Text(en="The password has been changed.", es="La contraseña se ha cambiado."),
    "old_password": Text(en="Your current password", es="La que tienes ahora"),
    "new_password": Text(en="The new password", es="La nueva"),
    "new_password_again": Text(en="The new password, again", es="La nueva, otra vez"),
}
