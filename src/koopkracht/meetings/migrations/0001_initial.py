import django.db.models.deletion
import koopkracht.shared.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=120, verbose_name='naam')),
                ('purpose', models.TextField(blank=True, verbose_name='opdracht')),
                ('rhythm_months', models.PositiveSmallIntegerField(null=True, verbose_name='ritme in maanden')),
                ('started_on', models.DateField(default=koopkracht.shared.clock.today)),
                ('closed_on', models.DateField(null=True)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'kind', 'name'), name='meetings_group_name', violation_error_message='Er is al een groep met deze naam.')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=160, verbose_name='titel')),
                ('date', models.DateField(verbose_name='dag')),
                ('starts', models.TimeField(null=True, verbose_name='begin')),
                ('ends', models.TimeField(null=True, verbose_name='einde')),
                ('place', models.CharField(blank=True, max_length=160, verbose_name='plaats')),
                ('state', models.CharField(choices=[('planned', 'Gepland'), ('confirmed', 'Bevestigd'), ('held', 'Geweest'), ('cancelled', 'Geschrapt')], default='planned', max_length=12)),
                ('subject', models.CharField(blank=True, max_length=40)),
                ('subject_key', models.BigIntegerField(default=0)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField(default=koopkracht.shared.clock.now)),
                ('group', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='meetings.group')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'date', 'id'], name='meetings_meeting_date'), models.Index(fields=['organisation', 'subject', 'subject_key', 'date'], name='meetings_meeting_subject'), models.Index(fields=['organisation', 'group', 'date'], name='meetings_meeting_group')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('organisation', 'kind', 'date', 'title', 'subject', 'subject_key'), name='meetings_meeting_once', violation_error_message='Deze bijeenkomst staat al in de agenda.')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('due', models.DateField(null=True)),
                ('at', models.DateTimeField(default=koopkracht.shared.clock.now, editable=False)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='meetings.meeting')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'meeting', 'id'], name='meetings_decision_order')],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('title', models.CharField(max_length=200, verbose_name='punt')),
                ('part', models.CharField(blank=True, max_length=40)),
                ('detail', models.TextField(blank=True)),
                ('reference', models.CharField(blank=True, max_length=120)),
                ('requested_on', models.DateField(null=True)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda', to='meetings.meeting')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'meeting', 'position'], name='meetings_agenda_order')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=40)),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='naam')),
                ('organisation_name', models.CharField(blank=True, max_length=120, verbose_name='organisatie')),
                ('leads', models.BooleanField(default=False)),
                ('valid_from', models.DateField(default=koopkracht.shared.clock.today)),
                ('valid_until', models.DateField(null=True)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='meetings.group')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'group', 'id'], name='meetings_member_group')],
            },
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('parts', models.JSONField(default=dict)),
                ('at', models.DateTimeField(default=koopkracht.shared.clock.now, editable=False)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='minutes', to='meetings.meeting')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'meeting', 'version'), name='meetings_minutes_version')],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=40)),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='naam')),
                ('organisation_name', models.CharField(blank=True, max_length=120, verbose_name='organisatie')),
                ('attended', models.BooleanField(null=True)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='meetings.meeting')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'meeting', 'id'], name='meetings_participant_of'), models.Index(fields=['organisation', 'user', 'meeting'], name='meetings_participant_user')],
            },
        ),
    ]
