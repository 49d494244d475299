import django.db.models.deletion
import koopkracht.shared.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('accounts', '__first__'),
        ('market', '0001_initial'),
        ('questionnaires', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnnouncedNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='titel')),
                ('product_group', models.CharField(blank=True, max_length=40, verbose_name='productgroep')),
                ('description', models.TextField(verbose_name='wat is er nodig')),
                ('expected_start', models.DateField(blank=True, null=True, verbose_name='verwachte start')),
                ('announced_on', models.DateField(verbose_name='bekendgemaakt op')),
                ('channel', models.CharField(max_length=40, verbose_name='kanaal')),
                ('reactions_until', models.DateField(blank=True, null=True, verbose_name='reacties tot')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', '-announced_on', 'id'], name='market_need')],
            },
        ),
        migrations.CreateModel(
            name='EnterpriseProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('certificates', models.TextField(blank=True, verbose_name='certificaten')),
                ('equipment', models.TextField(blank=True, verbose_name='machines')),
                ('target_share', models.DecimalField(blank=True, decimal_places=4, max_digits=5, null=True, verbose_name='aandeel doelgroep')),
                ('target_share_date', models.DateField(blank=True, null=True, verbose_name='datum van het bewijs')),
                ('target_share_evidence', models.CharField(blank=True, max_length=200, verbose_name='bewijs')),
                ('promoted', models.BooleanField(default=False, verbose_name='op de promotielijst')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='market.supplier')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'supplier'), name='market_profile_unique')],
            },
        ),
        migrations.CreateModel(
            name='EnterpriseRating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('product_group', models.CharField(blank=True, max_length=40, verbose_name='productgroep')),
                ('price', models.PositiveSmallIntegerField(default=3, verbose_name='prijs')),
                ('quality', models.PositiveSmallIntegerField(default=3, verbose_name='kwaliteit')),
                ('remark', models.CharField(blank=True, max_length=1000, verbose_name='toelichting')),
                ('department', models.CharField(blank=True, max_length=120, verbose_name='dienst')),
                ('shared', models.BooleanField(default=False, verbose_name='mag gedeeld worden')),
                ('rated_on', models.DateField(verbose_name='datum')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('rated_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='market.supplier')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'supplier', '-rated_on', 'id'], name='market_rating')],
                'constraints': [models.CheckConstraint(condition=models.Q(('price__gte', 1), ('price__lte', 5), ('quality__gte', 1), ('quality__lte', 5)), name='market_rating_scale')],
            },
        ),
        migrations.CreateModel(
            name='EnterpriseReference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('client', models.CharField(max_length=200, verbose_name='opdrachtgever')),
                ('subject', models.CharField(max_length=300, verbose_name='voorwerp')),
                ('form', models.CharField(choices=[('single', 'Eenmalige opdracht'), ('yearly', 'Jaarcontract'), ('framework', 'Raamovereenkomst'), ('reserved', 'Voorbehouden opdracht'), ('subcontract', 'Onderaanneming'), ('other', 'Andere vorm')], max_length=20, verbose_name='vorm')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='van')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='tot')),
                ('source', models.CharField(max_length=200, verbose_name='bron')),
                ('recorded_at', models.DateTimeField(default=koopkracht.shared.clock.now, editable=False)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='market.supplier')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'supplier', '-valid_from', 'id'], name='market_reference')],
            },
        ),
        migrations.CreateModel(
            name='EnterpriseTurnover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('client', models.CharField(choices=[('local', 'Lokale besturen'), ('public', 'Andere overheidsinstellingen'), ('private', 'Bedrijven en particulieren')], max_length=10, verbose_name='klanten')),
                ('share', models.DecimalField(decimal_places=4, max_digits=5, verbose_name='aandeel')),
                ('source', models.CharField(max_length=200, verbose_name='bron')),
                ('as_of', models.DateField(verbose_name='datum')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='market.supplier')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'supplier', 'client', 'as_of'), name='market_turnover_once')],
            },
        ),
        migrations.CreateModel(
            name='MarketConclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('product_group', models.CharField(max_length=40, verbose_name='productgroep')),
                ('text', models.TextField(verbose_name='besluit')),
                ('source', models.CharField(max_length=200, verbose_name='bron')),
                ('as_of', models.DateField(verbose_name='datum')),
                ('origin', models.CharField(blank=True, max_length=60)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('withdrawn_reason', models.CharField(blank=True, max_length=300)),
                ('recorded_at', models.DateTimeField(default=koopkracht.shared.clock.now, editable=False)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'product_group', '-as_of', 'id'], name='market_conclusion')],
            },
        ),
        migrations.CreateModel(
            name='MarketContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.CharField(max_length=200, verbose_name='met wie')),
                ('contact_function', models.CharField(blank=True, max_length=120, verbose_name='functie')),
                ('form', models.CharField(choices=[('talk', 'Gesprek'), ('survey', 'Bevraging'), ('session', 'Infomoment'), ('visit', 'Bezoek ter plaatse'), ('message', 'Bericht of telefoon')], max_length=10, verbose_name='vorm')),
                ('product_group', models.CharField(blank=True, max_length=40, verbose_name='productgroep')),
                ('content', models.TextField(verbose_name='waarover')),
                ('follow_up', models.CharField(blank=True, max_length=500, verbose_name='afspraak')),
                ('held_on', models.DateField(verbose_name='datum')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('supplier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='market.supplier')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', '-held_on', 'id'], name='market_contact_date'), models.Index(fields=['organisation', 'supplier', '-held_on', 'id'], name='market_contact_supplier')],
            },
        ),
        migrations.CreateModel(
            name='MarketDialogue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('interview', 'Diepgaand gesprek'), ('group-dialogue', 'Groepsgesprek'), ('market-session', 'Infomoment')], max_length=20, verbose_name='vorm')),
                ('title', models.CharField(max_length=200, verbose_name='titel')),
                ('product_group', models.CharField(blank=True, max_length=40, verbose_name='productgroep')),
                ('date', models.DateField(verbose_name='datum')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='plaats')),
                ('participants', models.TextField(blank=True, verbose_name='met wie')),
                ('purpose', models.TextField(blank=True, verbose_name='waarom')),
                ('part_one', models.TextField(blank=True, verbose_name='eerste deel')),
                ('part_two', models.TextField(blank=True, verbose_name='tweede deel')),
                ('purchase_id', models.BigIntegerField(blank=True, null=True, verbose_name='geplande aankoop')),
                ('meeting_id', models.BigIntegerField(blank=True, null=True)),
                ('state', models.CharField(choices=[('planned', 'Gepland'), ('held', 'Gehouden'), ('cancelled', 'Afgelast')], default='planned', max_length=10, verbose_name='stand')),
                ('approach', models.TextField(blank=True, verbose_name='beste aanpak')),
                ('lot_tasks', models.TextField(blank=True, verbose_name='taken voor een perceel sociale economie')),
                ('tactic', models.TextField(blank=True, verbose_name='aankooptactiek')),
                ('notes', models.TextField(blank=True, verbose_name='verslag')),
                ('present', models.PositiveIntegerField(blank=True, null=True, verbose_name='aanwezigen')),
                ('cancelled_reason', models.CharField(blank=True, max_length=300)),
                ('recorded_at', models.DateTimeField(default=koopkracht.shared.clock.now, editable=False)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', '-date', 'id'], name='market_dialogue_date'), models.Index(fields=['organisation', 'product_group', '-date', 'id'], name='market_dialogue_group')],
            },
        ),
        migrations.CreateModel(
            name='InformationGiven',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('product_group', models.CharField(blank=True, max_length=40, verbose_name='productgroep')),
                ('party', models.CharField(max_length=200, verbose_name='aan wie')),
                ('content', models.TextField(verbose_name='wat')),
                ('given_on', models.DateField(verbose_name='wanneer')),
                ('channel', models.CharField(max_length=40, verbose_name='kanaal')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='voor iedereen sinds')),
                ('published_channel', models.CharField(blank=True, max_length=40, verbose_name='kanaal voor iedereen')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('dialogue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='market.marketdialogue')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', '-given_on', 'id'], name='market_information')],
            },
        ),
        migrations.CreateModel(
            name='MarketObstacle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='wat staat in de weg')),
                ('product_group', models.CharField(blank=True, max_length=40, verbose_name='productgroep')),
                ('why', models.TextField(verbose_name='waarom')),
                ('raised_by', models.CharField(max_length=200, verbose_name='gemeld door')),
                ('raised_on', models.DateField(verbose_name='gemeld op')),
                ('follow_up', models.CharField(blank=True, max_length=500, verbose_name='opvolging')),
                ('resolved_on', models.DateField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, max_length=500, verbose_name='uitkomst')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', '-raised_on', 'id'], name='market_obstacle')],
            },
        ),
        migrations.CreateModel(
            name='MarketSheetVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('product_group', models.CharField(max_length=40, verbose_name='productgroep')),
                ('version', models.PositiveIntegerField(verbose_name='versie')),
                ('answers', models.JSONField(default=dict, verbose_name='antwoorden')),
                ('profile', models.JSONField(default=dict, verbose_name='marktprofiel')),
                ('readiness', models.JSONField(default=dict, verbose_name='rijpheid')),
                ('findings', models.TextField(blank=True, verbose_name='bevindingen')),
                ('remark', models.CharField(blank=True, max_length=300, verbose_name='wat is er nieuw')),
                ('answered', models.PositiveSmallIntegerField(default=0)),
                ('as_of', models.DateField(blank=True, null=True, verbose_name='jongste informatie')),
                ('saved_at', models.DateTimeField(default=koopkracht.shared.clock.now, editable=False)),
                ('current', models.BooleanField(default=True)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('saved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'product_group', 'version'), name='market_sheet_version'), models.UniqueConstraint(condition=models.Q(('current', True)), fields=('organisation', 'product_group'), name='market_sheet_one_current')],
            },
        ),
        migrations.CreateModel(
            name='MarketSurvey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('product_group', models.CharField(max_length=40, verbose_name='productgroep')),
                ('purpose', models.TextField(blank=True, verbose_name='doel')),
                ('prepares', models.CharField(blank=True, max_length=200, verbose_name='aankoop of dossier')),
                ('created_at', models.DateTimeField(default=koopkracht.shared.clock.now, editable=False)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('questionnaire', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='questionnaires.questionnaire')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'product_group', 'id'], name='market_survey_group'), models.Index(fields=['organisation', 'questionnaire'], name='market_survey_list')],
            },
        ),
        migrations.CreateModel(
            name='PioneerTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('domain', models.CharField(max_length=40, verbose_name='domein')),
                ('evidence', models.TextField(verbose_name='bewijs')),
                ('source', models.CharField(max_length=200, verbose_name='bron')),
                ('as_of', models.DateField(verbose_name='datum')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='market.supplier')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'supplier', 'domain'), name='market_pioneer_once')],
            },
        ),
        migrations.CreateModel(
            name='ReactionToNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.CharField(max_length=200, verbose_name='van wie')),
                ('content', models.TextField(verbose_name='reactie')),
                ('received_on', models.DateField(verbose_name='ontvangen op')),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to='market.announcedneed')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'need', 'received_on', 'id'], name='market_need_reaction')],
            },
        ),
        migrations.CreateModel(
            name='SessionParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='naam')),
                ('role', models.CharField(choices=[('company', 'Onderneming'), ('social-enterprise', 'Sociale onderneming'), ('support', 'Begeleidingsorganisatie'), ('authority', 'Overheid')], max_length=20, verbose_name='als')),
                ('contact_function', models.CharField(blank=True, max_length=120, verbose_name='functie')),
                ('reply', models.CharField(choices=[('open', 'Nog geen antwoord'), ('yes', 'Komt'), ('no', 'Komt niet')], default='open', max_length=5, verbose_name='antwoord')),
                ('people', models.PositiveIntegerField(blank=True, null=True, verbose_name='aanwezig')),
                ('pitch', models.TextField(blank=True, verbose_name='voorstelling')),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='market.marketdialogue')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('supplier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='market.supplier')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'dialogue', 'name'), name='market_session_party_once')],
            },
        ),
        migrations.CreateModel(
            name='SessionContactRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', models.CharField(blank=True, max_length=500, verbose_name='vraag')),
                ('asked_on', models.DateField(verbose_name='gevraagd op')),
                ('agreed_on', models.DateField(blank=True, null=True)),
                ('declined_on', models.DateField(blank=True, null=True)),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='market.marketdialogue')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('asked', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='market.sessionparty')),
                ('asker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='market.sessionparty')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'dialogue', 'asker', 'asked'), name='market_contact_request_once')],
            },
        ),
    ]
