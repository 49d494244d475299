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
            name='Story',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='titel')),
                ('text', models.TextField(verbose_name='verhaal')),
                ('figures', models.TextField(blank=True, verbose_name='cijfers')),
                ('product_group', models.CharField(blank=True, max_length=40, verbose_name='productgroep')),
                ('audience', models.CharField(choices=[('internal', 'Eigen organisatie'), ('public', 'Iedereen')], max_length=10, verbose_name='voor wie')),
                ('channels', models.JSONField(blank=True, default=list, verbose_name='kanalen')),
                ('state', models.CharField(choices=[('draft', 'Ontwerp'), ('consent-asked', 'Toestemming gevraagd'), ('published', 'Gepubliceerd'), ('withdrawn', 'Ingetrokken')], default='draft', max_length=16, verbose_name='stand')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='gepubliceerd op')),
                ('written_at', models.DateTimeField(default=koopkracht.shared.clock.now, editable=False)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('written_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'state', '-published_on', 'id'], name='knowledge_story_state'), models.Index(fields=['audience', 'state', '-published_on', 'id'], name='knowledge_story_public')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.CharField(max_length=120, verbose_name='wie')),
                ('given_on', models.DateField(blank=True, null=True, verbose_name='toestemming op')),
                ('how', models.CharField(blank=True, max_length=200, verbose_name='hoe gegeven')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('story', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='knowledge.story')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'story', 'party'), name='knowledge_consent_once', violation_error_code='consent-exists', violation_error_message='Deze naam staat al bij het verhaal.')],
            },
        ),
    ]
