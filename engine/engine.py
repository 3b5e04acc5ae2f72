"""The door: everything that the web, the command line and the heartbeat may ask for."""

from engine.advance import Services
from engine.batches import Batches
from engine.calendars import Calendars
from engine.catalogue import Catalogue
from engine.clock import Clock
from engine.deliveries import Deliveries
from engine.documents import Documents
from engine.dossiers import Dossiers
from engine.drafts import Drafts
from engine.health import Health
from engine.interventions import Interventions
from engine.migrations import Migrations
from engine.officers import Officers
from engine.outlines import Outlines
from engine.papers import Papers
from engine.passwords import PasswordHasher
from engine.procedures import Procedures
from engine.reading import Reader
from engine.repairs import Repairs
from engine.replay import Replays
from engine.replies import Replies
from engine.reports import Reports
from engine.store.database import Database
from engine.store.files import FileStore
from engine.tasks import Tasks
from engine.timers import Timers
from engine.tracking import Tracking
from engine.verification import Verification
from engine.versions import Versions


class Engine:
    """One centre's engine: use cases by noun, all on one database."""

    def __init__(
        self,
        database: Database,
        services: Services,
        files: FileStore,
        clock: Clock,
        hasher: PasswordHasher | None = None,
    ) -> None:
        reader = Reader(services)
        self.database = database
        self.services = services
        self.clock = clock
        self.calendars = Calendars(database, services, clock, reader)
        self.deliveries = Deliveries(database, services, clock)
        self.documents = Documents(database, services, clock, reader, files)
        self.dossiers = Dossiers(database, services, clock, reader)
        self.health = Health(database)
        self.interventions = Interventions(database, services, clock)
        self.batches = Batches(database, services, clock)
        self.migrations = Migrations(database, services, clock)
        self.officers = Officers(database, clock, hasher)
        self.papers = Papers(database, services, clock, reader)
        self.procedures = Procedures(database, services, clock)
        self.outlines = Outlines(services)
        self.catalogue = Catalogue(services)
        self.repairs = Repairs(database, services, clock)
        self.drafts = Drafts(database, clock, self.procedures, self.dossiers, self.documents, files)
        self.replays = Replays(database, services, clock, reader)
        self.replies = Replies(database, clock)
        self.reports = Reports(database, services, clock, reader)
        self.tasks = Tasks(database, services, clock, reader)
        self.timers = Timers(database, services, clock)
        self.tracking = Tracking(database, services, clock, reader)
        self.verification = Verification(database, services, reader, files)
        self.versions = Versions(database, clock, self.procedures)
