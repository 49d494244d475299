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
            name='Obligation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='wat')),
                ('detail', models.TextField(blank=True, verbose_name='toelichting')),
                ('subject', models.CharField(max_length=40)),
                ('subject_key', models.BigIntegerField()),
                ('due', models.DateField(verbose_name='uiterlijk')),
                ('evidence_kind', models.CharField(blank=True, max_length=40, verbose_name='bewijs')),
                ('state', models.CharField(choices=[('open', 'Te doen'), ('submitted', 'Ingediend'), ('sent-back', 'Teruggestuurd'), ('done', 'Klaar'), ('cancelled', 'Vervallen')], default='open', max_length=12)),
                ('event', models.CharField(blank=True, max_length=40)),
                ('event_on', models.DateField(null=True)),
                ('months', models.SmallIntegerField(default=0)),
                ('days', models.IntegerField(default=0)),
                ('submitted_on', models.DateField(null=True)),
                ('done_on', models.DateField(null=True)),
                ('created_on', models.DateField(default=koopkracht.shared.clock.today, editable=False)),
                ('approver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'subject', 'subject_key', 'id'], name='obligations_subject'), models.Index(fields=['organisation', 'owner', 'state', 'due'], name='obligations_owner'), models.Index(fields=['organisation', 'state', 'due', 'id'], name='obligations_due')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=40)),
                ('due', models.DateField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='obligations.obligation')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'sent_at', 'id'], name='obligations_reminder_open')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'obligation', 'rule', 'due'), name='obligations_reminder_once')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('created', 'Afgesproken'), ('submitted', 'Ingediend'), ('approved', 'Goedgekeurd'), ('sent-back', 'Teruggestuurd'), ('completed', 'Afgewerkt'), ('cancelled', 'Vervallen'), ('handed-over', 'Doorgegeven'), ('moved', 'Datum verschoven')], default='created', max_length=12)),
                ('at', models.DateTimeField(default=koopkracht.shared.clock.now, editable=False)),
                ('by_label', models.CharField(blank=True, max_length=200)),
                ('remark', models.TextField(blank=True)),
                ('evidence', models.JSONField(default=list)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='obligations.obligation')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'obligation', 'id'], name='obligations_step_order')],
            },
        ),
    ]
